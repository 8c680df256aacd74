package dev.tollgate.upstream.meter;

/** Google's models: their vocabulary is not public but counts prose as o200k does; all figures are measured. */
enum GeminiFamily implements Family {
    /** All of them share one vocabulary. */
    GEMINI;

    private static final int TOOLS_PERCENT = 60;
    private static final int ANSWER_PERCENT = 104;
    private static final int PER_CALL_TOLD = 4;
    private static final int PER_CALL = 6;

    @Override
    public Vocabulary vocabulary() {
        return Vocabulary.O200K;
    }

    @Override
    public long input(Prompt prompt) {
        long told = (long) PER_CALL_TOLD * (prompt.calls() + prompt.results());
        long schemas = vocabulary().tokens(prompt.tools()) + vocabulary().tokens(prompt.format());
        return prompt.text() + prompt.binary() + told + Family.share(schemas, TOOLS_PERCENT);
    }

    @Override
    public long output(Said said) {
        return Family.share(said.words(), ANSWER_PERCENT) + (long) PER_CALL * said.calls();
    }
}
