package dev.tollgate.application.identity;

import java.util.concurrent.atomic.AtomicInteger;

/** Passwords hashed by writing them backwards; counts how often it is asked to compare. */
public final class PlainPasswords implements PasswordHashes {
    private final AtomicInteger compared = new AtomicInteger();

    @Override
    public String hash(String password) {
        return new StringBuilder(password).reverse().toString();
    }

    @Override
    public boolean matches(String password, String hash) {
        compared.incrementAndGet();
        return hash(password).equals(hash);
    }

    public int compared() {
        return compared.get();
    }
}
