/**
 * What a network consists of, as data: its {@linkplain io.espalier.model.Parameters parameters} by name, shape and
 * role, and the {@linkplain io.espalier.model.NetworkDescription description} of its operations. Knows no kernel, no
 * file and no training.
 */
@NullMarked
package io.espalier.model;

import org.jspecify.annotations.NullMarked;
