package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.headwaiter.consumers.MeasureLag;
import io.headwaiter.consumers.SharePartitions;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** How deliveries hear of events, are run, and reach the outside. */
@Configuration(proxyBeanMethods = false)
@Import(MeasureLag.class)
class DeliveriesSetup {

    static final String GROUP = "headwaiter-webhooks";

    private static final String DELIVER = "headwaiter.gateway.deliver-webhooks";

    /** Endpoints that one gateway works for at once. Each has its turn within the time that one may take. */
    private static final int ENDPOINTS_AT_ONCE = 1_000;

    /** Of a bundle below {@code spring.ssl.bundle}. */
    static final String TRUSTED = "webhooks";

    private static final Duration RETRY_FROM = Duration.ofMillis(200);
    private static final Duration RETRY_UP_TO = Duration.ofSeconds(2);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Without it this gateway leaves such tasks to the others, and they are none that it knows. */
    @Bean
    @ConditionalOnBooleanProperty(name = DELIVER, matchIfMissing = true)
    Task<Void> deliverTask(DeliverToEndpoint deliver) {
        return Tasks.custom(WakeEndpoints.TASK, Void.class)
                .onFailureReschedule(FixedDelay.ofSeconds(1))
                .onDeadExecutionRevive()
                .execute((task, context) -> {
                    deliver.deliver(Long.parseLong(task.getId()), context.getSchedulerState());
                    // What is due by then has somebody woken again.
                    return new OnCompleteRemove<>();
                });
    }

    @Bean
    RecurringTask<Void> forgetTask(ForgetDeliveries forget) {
        return Tasks.recurring("forget-deliveries", FixedDelay.ofHours(1)).execute((task, context) -> forget.forget());
    }

    @Bean
    RecurringTask<Void> deleteTask(DeleteEndpoints delete) {
        return Tasks.recurring("delete-endpoints", FixedDelay.ofSeconds(1))
                .execute((task, context) -> delete.delete(context.getSchedulerState()::isShuttingDown));
    }

    /** Started and stopped by {@link RunDeliveries}. */
    @Bean(destroyMethod = "")
    Scheduler scheduler(DeliveriesDatabase database, DatabaseClock clock, List<Task<?>> tasks) {
        // Those that recur are to be begun.
        List<RecurringTask<?>> recurring = new ArrayList<>();
        List<Task<?>> others = new ArrayList<>();
        for (Task<?> task : tasks) {
            if (task instanceof RecurringTask<?> again) {
                recurring.add(again);
            } else {
                others.add(task);
            }
        }
        return Scheduler.create(database.dataSource(), others)
                .startTasks(recurring)
                // It would ask the database what it is, and that may be away.
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .clock(clock)
                .threads(ENDPOINTS_AT_ONCE)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("deliver-", 0).factory()))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(200))
                // What a gateway left that died is taken over after 4 of them.
                .heartbeatInterval(Duration.ofSeconds(4))
                .missedHeartbeatsLimit(4)
                .failureLogging(LogLevel.WARN, false)
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = DELIVER, matchIfMissing = true)
    ConcurrentMessageListenerContainer<byte[], byte[]> eventsToDeliver(
            KafkaProperties kafka, KafkaConnectionDetails connection, MakeDeliveries listener, MeasureLag lag) {
        // An endpoint gets nothing that is older than it is, so the first to look may look at all that is kept.
        Map<String, Object> settings = SharePartitions.settings(kafka.buildConsumerProperties());
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", connection.getConsumer().getBootstrapServers()));
        // Some events at a time, in one statement, rather than each as it comes.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1024 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);

        ContainerProperties container = SharePartitions.container(Topics.EVENTS, GROUP);
        container.setClientId("webhooks");
        container.setMessageListener(listener);
        container.setAckMode(ContainerProperties.AckMode.BATCH);
        container.setShutdownTimeout(Duration.ofSeconds(2).toMillis());
        container.setAuthExceptionRetryInterval(RETRY_UP_TO);
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers =
                new DefaultKafkaConsumerFactory<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(lag);
        ConcurrentMessageListenerContainer<byte[], byte[]> events =
                new ConcurrentMessageListenerContainer<>(consumers, container);
        events.setBeanName("webhooks");
        // Nothing is an event's fault: what cannot be read is passed over.
        events.setCommonErrorHandler(SharePartitions.tryForEver(RETRY_FROM, RETRY_UP_TO));
        return events;
    }

    /**
     * Follows no redirect, keeps no cookie and no password, unpacks nothing and tries nothing twice. Nor does it keep connections: one
     * that its server closes at the moment it is used again would cost a delivery its attempt. There is no bound on those to
     * one host, behind which many endpoints may be: each endpoint has its own.
     *
     * @param bundles the one with the name {@link #TRUSTED}, if there is one, says whose certificates are trusted, instead of the JDK
     */
    @Bean
    CloseableHttpClient webhookClient(PublicAddresses addresses, DnsResolver hosts, SslBundles bundles) {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        if (bundles.getBundleNames().contains(TRUSTED)) {
            tls.setSslContext(bundles.getBundle(TRUSTED).createSslContext());
        }
        var operator = new DefaultHttpClientConnectionOperator(
                proxy -> new OutwardSocket(addresses),
                DefaultSchemePortResolver.INSTANCE,
                hosts,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls.buildClassic())
                        .build());
        var connections = new PoolingHttpClientConnectionManager(
                operator,
                PoolConcurrencyPolicy.LAX,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(8 * 1024)
                                .setMaxHeaderCount(100)
                                .build())
                        .build());
        connections.setDefaultMaxPerRoute(ENDPOINTS_AT_ONCE * DeliverToEndpoint.AT_ONCE);
        connections.setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT)).build());
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Headwaiter")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setExpectContinueEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }
}
