package io.espalier.processor.locate;

import java.util.ArrayList;
import java.util.List;

/** Cuts a Java source into tokens, without its blanks and comments. What is no Java gives tokens too, of whatever sort. */
final class Lexer {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        int start = at;
        char first = text.charAt(at);
        if (Character.isWhitespace(first)) {
            at++;
        } else if (text.startsWith("//", at)) {
            skipTo(endOfLine());
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            skipTo(end < 0 ? text.length() : end + 2);
        } else if (text.startsWith("\"\"\"", at)) {
            quoted("\"\"\"");
            add(Token.Kind.LITERAL, start);
        } else if (first == '"' || first == '\'') {
            quoted(String.valueOf(first));
            add(Token.Kind.LITERAL, start);
        } else if (Character.isDigit(first)) {
            // The sign of an exponent may make two tokens more: they end where the number ends all the same.
            run(true);
            add(Token.Kind.LITERAL, start);
        } else if (Character.isJavaIdentifierStart(text.codePointAt(at))) {
            run(false);
            add(Token.Kind.WORD, start);
        } else {
            at += text.startsWith("==", at) ? 2 : 1;
            add(Token.Kind.MARK, start);
        }
    }

    private void quoted(String quote) {
        at += quote.length();
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        skipTo(at + quote.length());
    }

    private void run(boolean number) {
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!Character.isJavaIdentifierPart(point) && !(number && point == '.')) {
                return;
            }
            at += Character.charCount(point);
        }
    }

    private int endOfLine() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private void skipTo(int end) {
        at = Math.min(end, text.length());
    }

    private void add(Token.Kind kind, int start) {
        tokens.add(new Token(kind, kind == Token.Kind.LITERAL ? "" : text.substring(start, at), start, at));
    }
}
