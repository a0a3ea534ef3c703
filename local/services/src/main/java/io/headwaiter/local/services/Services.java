package io.headwaiter.local.services;

/** One real broker and one real database server. */
public interface Services extends AutoCloseable {

    /**
     * One of each for the whole JVM, for tests: started at first use, gone with the JVM. The system property
     * `headwaiter.services` says which kind: `processes` of this machine (the default), or `testcontainers`.
     */
    static Services shared() {
        return SharedServices.INSTANCE;
    }

    String bootstrapServers();

    /** For {@link #superuser()} or any role made since. */
    String jdbcUrl(String database);

    String superuser();

    String superuserPassword();

    /** Creates an empty database with a fresh name and returns the name. */
    String createDatabase();

    @Override
    void close();
}
