package dev.midge.broker.sys;

import java.util.function.LongSupplier;

/**
 * The things that the topics under {@code $SYS} tell of, besides what the broker keeps.
 *
 * @param version of the broker, in words
 * @param wallMillis as {@link System#currentTimeMillis} tells it; may be set back
 * @param heapBytes tells how much of the heap is used
 */
public record SysSource(
    String version, Counts counts, LongSupplier wallMillis, LongSupplier heapBytes) {}
