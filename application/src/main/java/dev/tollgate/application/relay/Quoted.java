package dev.tollgate.application.relay;

/** Texts as JSON strings. */
final class Quoted {
    private Quoted() {}

    static String json(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character < ' ' || character == '"' || character == '\\') {
                quoted.append("\\u").append(String.format("%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
