package io.headwaiter.local.faults;

import io.headwaiter.local.faults.kinds.Effect;
import io.headwaiter.local.faults.kinds.Kind;

/** A fault that was, and what came of it. */
record Happened(Kind kind, Effect effect) {}
