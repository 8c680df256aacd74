package dev.tollgate.application.identity;

/** Seals what is stored sealed under the present secret key, so that the one before can be left out. */
public interface SealAgain {
    /**
     * Seals anew what an earlier key sealed. What no key opens that we have stays as it is. Each row is replaced whole;
     * doing it twice, or on two nodes, is harmless.
     *
     * @return how many rows were sealed anew
     */
    int sealAgain();
}
