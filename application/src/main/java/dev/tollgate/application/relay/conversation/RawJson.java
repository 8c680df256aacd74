package dev.tollgate.application.relay.conversation;

/** A JSON value as text: tool schemas, tool arguments, numbers. Well-formed; never interpreted here. */
public record RawJson(String text) {
    public static final RawJson EMPTY_OBJECT = new RawJson("{}");
}
