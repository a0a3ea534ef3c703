package io.headwaiter.local.faults.kinds;

/**
 * Every kind of fault, in the order of the table that is printed.
 *
 * <p>{@code weight} is how often it comes in a round of the schedule; {@code cheap}: it takes few seconds and starts nothing that
 * takes long, so that the short cut of a run has it; {@code brokers}: how many there must be at least.
 */
public enum Kind {
    WORKER_KILLED("worker killed", 3, false, 1),
    WORKER_KILLED_AFTER_POLL("worker killed after the poll", 2, true, 1),
    WORKER_KILLED_IN_TRANSACTION("worker killed in the transaction", 2, true, 1),
    WORKER_KILLED_BEFORE_PUBLISHING("worker killed after commit, before publish", 2, true, 1),
    WORKER_KILLED_BEFORE_OFFSETS("worker killed after publish, before offsets", 2, true, 1),
    WORKER_FROZEN("worker frozen past its session", 2, false, 1),
    WORKER_CLOCK_WRONG("worker's clock an hour off", 1, false, 1),
    WORKERS_COME_AND_GO("rebalance storm", 1, false, 1),
    GATEWAY_KILLED("gateway killed", 2, true, 1),
    BROKER_KILLED("broker killed", 2, false, 1),
    BROKER_RESTARTED("broker restarted", 1, false, 1),
    TWO_BROKERS_KILLED("two of three brokers killed", 1, false, 3),
    DATABASE_KILLED("PostgreSQL killed", 3, true, 1),
    CUT_BEFORE_COMMIT("connection cut before COMMIT", 4, true, 1),
    CUT_AFTER_COMMIT("connection cut after COMMIT", 4, true, 1),
    DATABASE_SLOW("every statement 200 ms slower", 1, false, 1),
    DEADLOCK("two workers in a deadlock", 3, true, 1),
    DELIVERED_AGAIN("everything delivered again", 1, true, 1),
    POISON("poison among the requests", 3, true, 1),
    DEFECT("a defect of the worker", 3, true, 1);

    private final String words;
    private final int weight;
    private final boolean cheap;
    private final int brokers;

    Kind(String words, int weight, boolean cheap, int brokers) {
        this.words = words;
        this.weight = weight;
        this.cheap = cheap;
        this.brokers = brokers;
    }

    public String words() {
        return words;
    }

    public int weight() {
        return weight;
    }

    public boolean isCheap() {
        return cheap;
    }

    public int brokers() {
        return brokers;
    }
}
