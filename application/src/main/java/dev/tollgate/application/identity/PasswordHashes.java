package dev.tollgate.application.identity;

/** Slow, salted hashes of passwords. */
public interface PasswordHashes {
    /** A hash with a fresh salt; its text names its own parameters. */
    String hash(String password);

    /** Whether a hash was made of this password. Takes the same time for every hash of the present parameters. */
    boolean matches(String password, String hash);
}
