package dev.tollgate.application.identity;

import java.util.List;

/** Keys for single purposes, derived from the one secret key of the deployment. */
public interface Secrets {
    /** The keys of 32 bytes for a purpose: the present one, and after it, while the secret is rotated, the one before. */
    List<Derived> derive(String purpose);

    /** A derived key and the id that what it made is marked with. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Derived(String keyId, byte[] key) {
        @Override
        public String toString() {
            return "Derived[" + keyId + "]";
        }
    }
}
