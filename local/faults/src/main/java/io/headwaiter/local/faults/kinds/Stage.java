package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What faults have at hand. */
public record Stage(Cluster cluster, Group group, OwnRequests own) {

    /** Longer than anything may take. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    Worker anyWorker(Random dice) {
        List<Worker> workers = cluster.workers();
        return workers.get(dice.nextInt(workers.size()));
    }

    /** A worker that has partitions, this or the next, and which. */
    Owner owner(Random dice) throws Group.Away {
        int first = dice.nextInt(cluster.workers().size());
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int turn = 0; System.nanoTime() < end; turn++) {
            Worker worker = cluster.workers()
                    .get((first + turn / 20) % cluster.workers().size());
            Set<Integer> partitions = group.partitionsOf(worker);
            if (!partitions.isEmpty() && worker.process().isReady()) {
                return new Owner(worker, partitions);
            }
            Await.aMoment();
        }
        throw new IllegalStateException("no worker has a partition");
    }

    record Owner(Worker worker, Set<Integer> partitions) {

        @Override
        public String toString() {
            return worker.name() + " with partitions " + partitions;
        }
    }

    /** How long from then until each of these partitions is decided beyond where it is now. */
    Optional<Duration> untilDecided(Set<Integer> partitions, long since) {
        Map<Integer, Long> now = group.committedWhenever();
        return group.awaitAdvance(partitions, now, since, LIMIT);
    }
}
