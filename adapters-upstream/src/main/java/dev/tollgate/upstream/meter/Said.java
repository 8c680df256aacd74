package dev.tollgate.upstream.meter;

/**
 * What of an answer makes output tokens.
 *
 * @param words tokens of its words, names and arguments of called tools included
 * @param calls how many tools were called
 * @param inItems whether it was told as the Responses API does, in items
 */
record Said(long words, int calls, boolean inItems) {
    boolean isNothing() {
        return words == 0 && calls == 0;
    }
}
