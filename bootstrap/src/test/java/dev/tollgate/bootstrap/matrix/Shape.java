package dev.tollgate.bootstrap.matrix;

import java.util.List;

/** One provider's wire. */
interface Shape {
    /** The body of an answer that is not streamed. */
    byte[] whole(Said said, String model);

    /** The pieces of a streamed answer. */
    List<byte[]> streamed(Said said, String model);

    /** The body of an error answer. */
    byte[] error(int status, String message);

    /** What a stream says that breaks off with an error after its first words. */
    List<byte[]> brokenStream(String model);

    String streamType();
}
