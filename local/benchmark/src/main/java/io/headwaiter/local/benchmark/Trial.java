package io.headwaiter.local.benchmark;

import java.util.function.Consumer;

/** One load. What is to be compared runs in the same round, one after the other. */
interface Trial {

    /**
     * @param round from 1
     * @param done takes each contestant's run as soon as there is one
     */
    void run(int round, Consumer<Run> done);
}
