package dev.tollgate.application.relay;

/**
 * How large a call can get.
 *
 * @param input most input tokens
 * @param output most output tokens of each answer
 * @param contextWindow the model's, for telling nonsense usage
 */
record CallSize(long input, long output, long contextWindow) {}
