package dev.tollgate.upstream.meter;

/** Models nothing is known of but that vocabularies resemble one another: Amazon's own and whatever else is served. */
enum OtherFamily implements Family {
    /** The only one. */
    OTHER;

    private static final int PER_MESSAGE = 2;
    private static final int PER_CALL = 10;

    @Override
    public Vocabulary vocabulary() {
        return Vocabulary.O200K;
    }

    @Override
    public long input(Prompt prompt) {
        long schemas = vocabulary().tokens(prompt.tools()) + vocabulary().tokens(prompt.format());
        long told = (long) PER_CALL * (prompt.calls() + prompt.results());
        return prompt.text() + prompt.binary() + (long) PER_MESSAGE * prompt.messages() + told + schemas;
    }

    @Override
    public long output(Said said) {
        return said.words() + (long) PER_CALL * said.calls();
    }
}
