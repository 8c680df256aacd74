package dev.tollgate.application.apikey;

import java.util.List;

/** Makes keyed digests of keys. */
public interface KeyDigests {
    /** A text's digests: by the present pepper, and after it, while the secret is rotated, by the one before. */
    List<KeyDigest> of(String keyText);
}
