package io.headwaiter.gateway.deliveries;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has db-scheduler work for the endpoints that something is due for: a task for each, unless there is one. What is due is said
 * by {@code webhook_deliveries} alone; a task says that somebody is to look, or does. The library would ask and write for one task
 * at a time.
 */
@Component
class WakeEndpoints {

    static final String TASK = "deliver-to-endpoint";

    /** Looks at each endpoint once, by the index, and never at all that waits for one of them. */
    private static final String WAKE =
            """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            select :task, cast(e.id as text), now(), false, 1
            from webhook_endpoints e
            where %s e.disabled_at is null
              and (e.failing_since is null or e.paused_until is null or e.paused_until <= now())
              and exists (select from webhook_deliveries d
                          where d.endpoint_id = e.id and d.status = 'pending' and d.next_attempt_at <= now())
              and not exists (select from scheduled_tasks t
                              where t.task_name = :task and t.task_instance = cast(e.id as text))
            -- In one order everywhere: two who wake the same ones must not wait for each other.
            order by e.id
            on conflict do nothing
            """;

    private static final String ALL = WAKE.formatted("");
    private static final String SOME = WAKE.formatted("e.id = any (:endpoints) and");

    private final JdbcClient jdbc;

    WakeEndpoints(DeliveriesDatabase database) {
        this.jdbc = database.jdbc();
    }

    /** @return whether there is a new task */
    boolean wakeAll() {
        return jdbc.sql(ALL).param("task", TASK).update() > 0;
    }

    /** @return whether there is a new task */
    boolean wake(Collection<Long> endpoints) {
        return !endpoints.isEmpty()
                && jdbc.sql(SOME)
                                .param("task", TASK)
                                .param("endpoints", endpoints.toArray(Long[]::new))
                                .update()
                        > 0;
    }
}
