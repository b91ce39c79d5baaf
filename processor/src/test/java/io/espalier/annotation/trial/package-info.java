/** Operations that only tests know, each in one class: its annotation must lie below the language's package. */
package io.espalier.annotation.trial;
