package dev.tollgate.application.relay;

/** How much of what is priced by the piece and not by the token a call can come to at most. */
public record UnitBounds(long images, long seconds, long characters) {
    public static final UnitBounds NONE = new UnitBounds(0, 0, 0);

    public UnitBounds {
        if (images < 0 || seconds < 0 || characters < 0) {
            throw new IllegalArgumentException("less than nothing: " + images + ", " + seconds + ", " + characters);
        }
    }

    public static UnitBounds ofImages(long images) {
        return new UnitBounds(images, 0, 0);
    }

    public static UnitBounds ofSeconds(long seconds) {
        return new UnitBounds(0, seconds, 0);
    }

    public static UnitBounds ofCharacters(long characters) {
        return new UnitBounds(0, 0, characters);
    }
}
