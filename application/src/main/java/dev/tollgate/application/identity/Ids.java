package dev.tollgate.application.identity;

/** Gives new ids for things we store: unique, rising with time, below 2^53, their low bits evenly spread. */
public interface Ids {
    long next();
}
