package io.headwaiter.local.benchmark;

import java.net.URI;
import java.util.Map;

/** Who takes bookings over HTTP, and can be compared with others who do. */
interface Contestant extends AutoCloseable {

    String name();

    URI url();

    /** The processes it consists of, by name; broker and database apart, which the stage has. */
    Map<String, Long> processes();

    /** What it has to say of itself when all is answered. */
    default void into(Run run) {}

    @Override
    void close();
}
