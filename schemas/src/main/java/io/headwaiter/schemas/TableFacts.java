package io.headwaiter.schemas;

/** A table as events show it. @param capacity the largest party it seats */
public record TableFacts(long id, String name, int capacity) {}
