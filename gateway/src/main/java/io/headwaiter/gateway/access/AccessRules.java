package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.problems.SafeHeaders;
import io.headwaiter.gateway.problems.TurnedAway;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Which paths need which scope. Which restaurants a key reaches is for {@link AdmitCallers}. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

    private static final String RESTAURANTS = "/api/restaurants";
    private static final String RESTAURANT = RESTAURANTS + "/*";

    /** Whoever reaches a restaurant may read how it is set up. */
    private static final String[] SET_UP = {
        RESTAURANT,
        RESTAURANT + "/export",
        RESTAURANT + "/tables/**",
        RESTAURANT + "/opening-hours",
        RESTAURANT + "/turn-times",
        RESTAURANT + "/special-days/**"
    };

    /** They would only be dropped; and each filter that is watched is more of a stack for every caller who waits. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain access(
            HttpSecurity http,
            Directory directory,
            RateLimits limits,
            RefuseCallers refuse,
            TurnedAway turnedAway,
            Environment settings) {
        // Metrics are not for partners: they are shown on a port of their own, or not at all.
        AuthorizationDecision metrics =
                new AuthorizationDecision(ManagementPortType.get(settings) == ManagementPortType.DIFFERENT);
        return http.authorizeHttpRequests(
                        paths -> paths.requestMatchers(RESTAURANT + "/reservations/*/status", RESTAURANT + "/blocks/**")
                                .hasAuthority(Scope.STAFF.code())
                                .requestMatchers(
                                        RESTAURANT + "/availability",
                                        RESTAURANT + "/reservations/**",
                                        RESTAURANT + "/booking-requests/**",
                                        RESTAURANT + "/events")
                                .hasAnyAuthority(Scope.BOOKINGS.code(), Scope.STAFF.code())
                                .requestMatchers(RESTAURANT + "/clients/**")
                                .hasAuthority(Scope.CLIENTS.code())
                                .requestMatchers(HttpMethod.GET, SET_UP)
                                .authenticated()
                                .requestMatchers(HttpMethod.HEAD, SET_UP)
                                .authenticated()
                                .requestMatchers(SET_UP)
                                .hasAuthority(Scope.SETUP.code())
                                .requestMatchers(HttpMethod.POST, RESTAURANTS)
                                .hasAuthority(Scope.PLATFORM.code())
                                .requestMatchers("/api/partners/**")
                                .hasAuthority(Scope.PLATFORM.code())
                                .requestMatchers("/api/webhook-endpoints/**")
                                .hasAnyAuthority(Scope.BOOKINGS.code(), Scope.STAFF.code())
                                .requestMatchers("/api/**")
                                .authenticated()
                                .requestMatchers("/actuator/health/liveness", "/actuator/health/readiness")
                                .permitAll()
                                .requestMatchers("/actuator/**")
                                .access((caller, path) -> metrics)
                                // There is nothing else, and everybody may hear that.
                                .anyRequest()
                                .permitAll())
                .addFilterBefore(new CheckApiKey(directory, turnedAway), AuthorizationFilter.class)
                .addFilterBefore(new LimitRate(limits, turnedAway), AuthorizationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refuse).accessDeniedHandler(refuse))
                .headers(headers ->
                        headers.defaultsDisabled().addHeaderWriter((request, response) -> SafeHeaders.on(response)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing here rides on a cookie, so nothing can be forged across sites.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
