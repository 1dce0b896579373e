package dev.midge.broker.config;

import java.nio.file.Path;

/**
 * The place where a broker keeps its state over a restart.
 *
 * @param file the snapshot; what belongs to it lies beside it, under longer names
 * @param autosaveInterval seconds between two snapshots, or changes if {@code autosaveOnChanges}; 0
 *     for a snapshot at the end only
 * @param autosaveOnChanges whether changes are counted, and not seconds
 */
public record PersistenceSpec(Path file, int autosaveInterval, boolean autosaveOnChanges) {}
