package dev.tollgate.upstream.meter;

/**
 * What of a request makes input tokens, whatever its dialect.
 *
 * @param text tokens of the words, of calls of tools and of their results
 * @param binary tokens taken for what is no text
 * @param messages how many turns there are, instructions to the model being one; 0 for what is no conversation
 * @param names how many turns name their speaker
 * @param calls how many calls of tools were told
 * @param results how many results of tools were told
 * @param tools the tools offered, as compact JSON; empty if none
 * @param format the schema the answer must follow, as compact JSON; empty if none
 * @param forced whether a tool must be called
 * @param thinking whether the model was given a budget to think
 */
record Prompt(
        long text,
        long binary,
        int messages,
        int names,
        int calls,
        int results,
        String tools,
        String format,
        boolean forced,
        boolean thinking) {
    /** A request that cannot be read, by its length. */
    static Prompt unreadable(long tokens) {
        return new Prompt(tokens, 0, 0, 0, 0, 0, "", "", false, false);
    }
}
