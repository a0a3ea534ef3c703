package io.headwaiter.worker.retiring;

import io.headwaiter.worker.operating.Command;
import java.io.PrintStream;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code retire}: run every night or so, as the database's superuser, beside the live load. Moves the visits that are long over,
 * and what was decided about them, to partitions of their own, and drops partitions by age. Each batch is a short transaction,
 * so it may be killed at any moment and run again, also twice at once.
 */
public final class Retire {

    private final JdbcClient jdbc;
    private final RetireProperties properties;
    private final StillInTopics topics;
    private final MoveToThePast past;
    private final PastMonths months;
    private final PrintStream out = System.out;

    Retire(JdbcClient jdbc, RetireProperties properties, StillInTopics topics, MoveToThePast past, PastMonths months) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.topics = topics;
        this.past = past;
        this.months = months;
    }

    /** @return the exit status: 0 when all of it is done, 2 when it is not */
    public static int run(String... args) {
        return Command.run(Setup.class, context -> context.getBean(Retire.class).run(), args);
    }

    private int run() {
        OffsetDateTime before = ago(properties.after());
        topics.check(before.toInstant());
        long blocks = past.deleteBlocks(before);
        long reservations = past.moveReservations(before);
        // Last: a decision stays for as long as what it made does.
        long decisions = past.moveDecisions(before);
        out.println("Of what was over before " + before + ": " + reservations + " reservations and " + decisions
                + " decisions moved to the past, " + blocks + " blocks deleted");
        if (properties.dropAfter() != null) {
            months.drop(ago(properties.dropAfter())).forEach(name -> out.println("Dropped " + name));
        }
        return Command.DONE;
    }

    private OffsetDateTime ago(Duration age) {
        return jdbc.sql("select now() - make_interval(secs => :age)")
                .param("age", age.toSeconds())
                .query(OffsetDateTime.class)
                .single();
    }

    @SpringBootConfiguration
    @EnableConfigurationProperties(RetireProperties.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        KafkaAutoConfiguration.class
    })
    @Import({Retire.class, StillInTopics.class, MoveToThePast.class, PastMonths.class, ShortTransactions.class})
    static class Setup {}
}
