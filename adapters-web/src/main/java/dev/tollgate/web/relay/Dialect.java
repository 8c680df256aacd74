package dev.tollgate.web.relay;

/** One kind of call callers make: what is read of its body, and how it is told that something went wrong. */
public interface Dialect {
    /** The name it has in records: {@code chat}, {@code messages}, … */
    String name();

    /** Its path below the version, which is also the upstream's: {@code /chat/completions}. */
    String path();

    /** Understands a body as far as routing and metering need it; the bytes are kept, not copied. */
    BodyReading read(byte[] body);

    ErrorShape errors();
}
