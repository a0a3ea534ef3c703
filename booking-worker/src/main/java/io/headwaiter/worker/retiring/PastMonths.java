package io.headwaiter.worker.retiring;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The partitions of the past, one for each month in UTC, named after it: {@code past_reservations_2026_08}. */
class PastMonths {

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("_uuuu_MM", Locale.ROOT);

    private final JdbcClient jdbc;
    private final ShortTransactions transactions;
    private final Set<String> made = new HashSet<>();

    PastMonths(JdbcClient jdbc, ShortTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @param month its first day */
    void make(String past, LocalDate month) {
        String name = past + SUFFIX.format(month);
        if (made.contains(name)) {
            return;
        }
        transactions.run(() -> {
            // Two may want to make it. Whoever reads or writes does not wait for this lock, nor for attaching,
            // as they would for `create table ... partition of`.
            jdbc.sql("lock table " + past + " in share update exclusive mode").update();
            boolean there = jdbc.sql("select to_regclass(:name) is not null")
                    .param("name", name)
                    .query(Boolean.class)
                    .single();
            if (!there) {
                jdbc.sql("create table " + name + " (like " + past + " including all)")
                        .update();
                // Nobody has a right to it. Should somebody be given one, there is nothing to be seen without a policy.
                jdbc.sql("alter table " + name + " enable row level security, force row level security")
                        .update();
                jdbc.sql("alter table %s attach partition %s for values from ('%s 00:00Z') to ('%s 00:00Z')"
                                .formatted(past, name, month, month.plusMonths(1)))
                        .update();
            }
            return there;
        });
        made.add(name);
    }

    /**
     * Drops each month that ended before this moment, whole or not at all.
     *
     * @return the names of those that are gone
     */
    List<String> drop(OffsetDateTime before) {
        List<String> old = jdbc.sql(
                        """
                        select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
                        where inhparent in ('past_reservations'::regclass, 'past_booking_requests'::regclass)
                          and to_date(right(relname, 7), 'YYYY_MM')::timestamp at time zone 'UTC' + interval '1 month' <= :before
                        order by relname
                        """)
                .param("before", before)
                .query((row, number) -> row.getString(1))
                .list();
        List<String> gone = new ArrayList<>();
        for (String name : old) {
            transactions.run(() -> jdbc.sql("drop table if exists " + name).update());
            gone.add(name);
        }
        return gone;
    }
}
