package dev.tollgate.upstream.meter;

import dev.tollgate.application.relay.UpstreamRequest;

/**
 * The output tokens of an answer while it comes: what was counted last as the bill would, and a token for each byte since,
 * which no text exceeds. Each word is counted once, however often it is asked.
 */
public final class RunningCount {
    private final Family family;
    private final SpokenText spoken;
    private final boolean inItems;
    private long words;
    private int keptCounted;
    private int asidesCounted;
    private volatile Counted last = new Counted(0, 0);

    public RunningCount(UpstreamRequest request, SpokenText spoken) {
        this.family = Family.of(request);
        this.spoken = spoken;
        this.inItems = request.call().dialect().equals("responses");
    }

    /** @param bytes how far it was counted */
    private record Counted(long tokens, long bytes) {}

    /** No fewer tokens than there were; any thread may ask. */
    public long atMost() {
        Counted counted = last;
        return counted.tokens() + spoken.bytes() + spoken.asideBytes() - counted.bytes();
    }

    /** Counts what came since; takes time, on one thread at a time. */
    public void recount() {
        long beyond = spoken.tooMany();
        int kept = spoken.keptBytes();
        int asides = spoken.asideBytes();
        Vocabulary vocabulary = family.vocabulary();
        words += vocabulary.tokens(LocalCount.unescaped(spoken.kept(keptCounted, kept)))
                + vocabulary.tokens(spoken.asides(asidesCounted, asides));
        keptCounted = kept;
        asidesCounted = asides;
        Said said = new Said(words + LocalCount.roughly(beyond), spoken.calls(), inItems);
        last = new Counted(said.isNothing() ? 0 : family.output(said), kept + asides + beyond);
    }
}
