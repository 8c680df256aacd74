package dev.tollgate.web.relay.input;

import org.jspecify.annotations.Nullable;

/** The images, sounds and files of a prompt. */
final class MediaCount {
    /** Tokens a second of sound has are ten; no codec in use takes less than this many base64 bytes for one of them. */
    private static final int AUDIO_BYTES_PER_TOKEN = 16;

    private final byte[] body;
    private long dataBytes;
    private long images;
    private long audioTokens;
    private boolean isBounded = true;

    MediaCount(byte[] body) {
        this.body = body;
    }

    /** Bytes that are no text and have been counted by the piece; measured as the body's are, escapes undone. */
    long dataBytes() {
        return dataBytes;
    }

    long images() {
        return images;
    }

    long audioTokens() {
        return audioTokens;
    }

    /** Whether the tokens can be bounded by what is in the bytes: not with files, which unpack to any number. */
    boolean isBounded() {
        return isBounded;
    }

    void count(Block block, @Nullable Block parent) {
        if (block.name.equals("source") && parent != null) {
            parent.source = block;
        } else if (block.name.equals("image_url")) {
            image(block);
        } else if (block.name.equals("input_audio")) {
            audio(block);
        } else if (block.name.equals("file")) {
            isBounded = false;
        } else {
            count(block);
        }
    }

    private void count(Block block) {
        switch (block.type) {
            case "image" -> image(block.source == null ? block : block.source);
            case "input_image", "computer_screenshot" -> image(block);
            case "image_url" -> {
                if (block.data != null || block.isElsewhere) {
                    image(block);
                }
            }
            case "document" -> document(block.source);
            case "input_file", "container_upload" -> isBounded = false;
            default -> {}
        }
    }

    private void image(Block source) {
        images++;
        dataBytes += source.data == null ? 0 : source.data.utf8Length(body);
    }

    private void audio(Block source) {
        if (source.data != null) {
            dataBytes += source.data.utf8Length(body);
            audioTokens += source.data.length() / AUDIO_BYTES_PER_TOKEN + 1;
        }
    }

    /** Plain text and content given as blocks are in the bytes; anything else is not. */
    private void document(@Nullable Block source) {
        boolean inBytes = source != null && (source.type.equals("text") || source.type.equals("content"));
        isBounded &= inBytes;
    }
}
