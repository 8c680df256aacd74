package dev.tollgate.domain.usage;

import java.util.List;

/** Everything one call used: its tokens by model, what is counted by the piece, and how it was served. */
public record Usage(List<UsagePart> parts, UnitUsage units, Served served) {
    public static final Usage NONE = new Usage(List.of(), UnitUsage.NONE, Served.ORDINARY);

    public Usage {
        parts = List.copyOf(parts);
    }

    public static Usage of(TokenUsage tokens) {
        return new Usage(List.of(new UsagePart(null, tokens)), UnitUsage.NONE, Served.ORDINARY);
    }

    /** All tokens, whichever model spent them. */
    public TokenUsage tokens() {
        if (parts.size() == 1) {
            return parts.get(0).tokens();
        }
        TokenUsage sum = TokenUsage.NONE;
        for (UsagePart part : parts) {
            sum = sum.plus(part.tokens());
        }
        return sum;
    }

    /** Whether nothing was used at all: an answer that never began. Zero tokens that were reported are not nothing. */
    public boolean isEmpty() {
        return parts.isEmpty() && units.equals(UnitUsage.NONE);
    }
}
