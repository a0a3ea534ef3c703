package io.headwaiter.gateway.directory;

import io.headwaiter.rules.FloorPlan;

/** A restaurant's rules as they were at this version of them. */
public record VersionedPlan(long version, FloorPlan plan) {}
