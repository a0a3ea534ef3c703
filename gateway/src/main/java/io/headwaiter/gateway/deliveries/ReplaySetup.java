package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has replays looked for: one task for all of them, so that they never take more than one gateway's time. */
@Configuration(proxyBeanMethods = false)
class ReplaySetup {

    @Bean
    RecurringTask<Void> replayTask(ReplayEvents replay) {
        return Tasks.recurring("replay-events", FixedDelay.ofMillis(500))
                .execute((task, context) -> replay.replay(context.getSchedulerState()::isShuttingDown));
    }
}
