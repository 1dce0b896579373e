package dev.midge.broker.persist;

import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.broker.core.router.Router;
import dev.midge.broker.core.session.Restorer;
import dev.midge.broker.transport.Persistence;
import dev.midge.mqtt.Will;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a broker's state in a snapshot and a log of changes since. With {@code autosave_on_changes}
 * each change is logged; otherwise only wills are, so that a killed broker's are known. Broker
 * thread only.
 */
public final class StateStore implements Persistence {
  private static final long SECOND = 1_000_000_000L;
  private static final long RETRY = 5 * SECOND;

  /** Bytes of a change log that is worth a new snapshot, unless the last one was larger. */
  private static final long LONG_LOG = 16L * 1024 * 1024;

  /** Bytes of a snapshot's frames, which are read one by one. */
  private static final long SNAPSHOT_FRAME = 256 * 1024;

  private PersistenceSpec spec;
  private final StateFiles files;
  private final PersistenceLog log;
  private final LongSupplier wallMillis;
  private boolean logsChanges;
  private final MessageNumbers numbers = new MessageNumbers();
  private final Fields changes = new Fields(Long.MAX_VALUE);
  private @Nullable Router router;
  private @Nullable Loop loop;
  private @Nullable WallClock clock;
  private @Nullable Disk disk;
  private Timers.@Nullable Timer saveTimer;
  private long handedOn;
  private long safe; // number of a job
  private long logBytes;
  private long snapshotBytes;
  private int changesSinceSync;
  private long lastSnapshot; // number of its job
  private boolean writing; // that one is not done
  private boolean saveAgain; // when it is
  private boolean failing; // changes are not logged until the next snapshot
  private boolean failureTold;
  private boolean stopping;

  private StateStore(
      PersistenceSpec spec, StateFiles files, PersistenceLog log, LongSupplier wallMillis) {
    this.spec = spec;
    this.files = files;
    this.log = log;
    this.wallMillis = wallMillis;
  }

  /**
   * Locks the files. To be given to a loop, or closed.
   *
   * @param wallMillis milliseconds since 1970, by which times go on while the broker is stopped
   * @throws IOException when there is no directory for them, or another broker has them
   */
  public static StateStore open(PersistenceSpec spec, PersistenceLog log, LongSupplier wallMillis)
      throws IOException {
    return new StateStore(spec, StateFiles.open(spec.file()), log, wallMillis);
  }

  @Override
  public void begin(Router keptRouter, Loop itsLoop) throws IOException {
    router = keptRouter;
    loop = itsLoop;
    clock = new WallClock(wallMillis, itsLoop::now);
    Restorer restorer = keptRouter.restorer(itsLoop.now());
    try {
      files.read(new RecordReader(restorer, clock, itsLoop::listener), log);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
    restorer.startExpiry();
    disk =
        new Disk(
            files,
            (number, snapshot, failure) -> itsLoop.post(() -> done(number, snapshot, failure)));
    disk.start();
    tellOfChanges();
    int wills = restorer.releaseWills();
    if (wills > 0) {
      log.killed(wills);
    }
    write(); // now: until this snapshot is whole, the files before have the wills
    planSave();
  }

  private void tellOfChanges() {
    logsChanges = spec.autosaveOnChanges() && spec.autosaveInterval() > 0;
    RecordWriter all = new RecordWriter(changes, Objects.requireNonNull(clock), numbers);
    Objects.requireNonNull(router).journal(logsChanges ? all : new WillsOnly(all));
  }

  /** Saves as often as said from now on; see {@link PersistenceSpec}. */
  public void saveEvery(int autosaveInterval, boolean autosaveOnChanges) {
    PersistenceSpec other = new PersistenceSpec(spec.file(), autosaveInterval, autosaveOnChanges);
    if (!other.equals(spec) && !stopping) {
      spec = other;
      loop().timers().cancel(saveTimer);
      tellOfChanges();
      write(); // the log has all changes from here on, or wills alone
      planSave();
    }
  }

  /** Tells the writer of wills alone. */
  private record WillsOnly(RecordWriter writer) implements StateJournal {
    @Override
    public void will(ClientIdentity client, Will will, long delay, long due) {
      writer.will(client, will, delay, due);
    }

    @Override
    public void willGone(String clientId) {
      writer.willGone(clientId);
    }
  }

  private Loop loop() {
    return Objects.requireNonNull(loop);
  }

  private Disk disk() {
    return Objects.requireNonNull(disk);
  }

  private void planSave() {
    if (!spec.autosaveOnChanges() && spec.autosaveInterval() > 0) {
      saveTimer =
          loop()
              .timers()
              .at(
                  loop().now() + spec.autosaveInterval() * SECOND,
                  time -> {
                    save();
                    planSave();
                  });
    }
  }

  /**
   * Writes a snapshot, in place of the last one and of the changes since; when the disk has written
   * the one before, so that clients do not wait for many of them.
   */
  public void save() {
    if (stopping) {
      return;
    }
    if (writing) {
      saveAgain = true;
      return;
    }
    log.saving(files.snapshot().toString());
    write();
  }

  private void write() {
    failing = false;
    changes.clear(); // the snapshot has them
    numbers.beginFiles();
    Fields state = new Fields(SNAPSHOT_FRAME);
    RecordWriter writer = new RecordWriter(state, Objects.requireNonNull(clock), numbers);
    Router described = Objects.requireNonNull(router);
    described.describeTo(writer);
    described.describeWillsTo(writer);
    writer.end();
    List<Frame> frames = state.take();
    snapshotBytes = frames.stream().mapToLong(Frame::length).sum();
    logBytes = 0;
    changesSinceSync = 0;
    lastSnapshot = ++handedOn;
    writing = true;
    disk().snapshot(handedOn, frames);
  }

  @Override
  public void commit() {
    if (changes.isEmpty()) {
      return;
    }
    if (failing || stopping) {
      changes.clear(); // the next snapshot has them
      return;
    }
    boolean sync = logsChanges && isSyncDue(changes.changes());
    List<Frame> frames = changes.take();
    for (Frame frame : frames) {
      logBytes += frame.length();
    }
    disk().append(++handedOn, frames, sync);
    if (logBytes > Math.max(LONG_LOG, 2 * snapshotBytes)) {
      save();
    }
  }

  private boolean isSyncDue(int more) {
    changesSinceSync += more;
    if (changesSinceSync < spec.autosaveInterval()) {
      return false;
    }
    changesSinceSync = 0;
    return true;
  }

  /** Takes note that a job of the disk is done, or has failed: then packets wait no longer. */
  private void done(long number, boolean snapshot, @Nullable String failure) {
    safe = Math.max(safe, number);
    if (number < lastSnapshot) {
      return; // the snapshot that follows has it
    }
    writing = false; // whatever came of it
    String file = files.snapshot().toString();
    if (failure == null) {
      if (snapshot && failureTold) {
        failureTold = false;
        log.recovered(file);
      }
      if (saveAgain) {
        saveAgain = false;
        save();
      }
      return;
    }
    saveAgain = false;
    if (!failureTold) {
      failureTold = true;
      log.failed(file, failure);
    }
    if (!failing && !stopping) {
      failing = true;
      loop().timers().at(loop().now() + RETRY, time -> retry());
    }
  }

  private void retry() {
    if (failing && !stopping && !writing) {
      write();
    }
  }

  @Override
  public boolean hasUnsafe() {
    return waits() && (handedOn > safe || !failing && !changes.isEmpty());
  }

  /** Counted in larger numbers, changes are safe enough when they are with the system. */
  private boolean waits() {
    return logsChanges && spec.autosaveInterval() == 1 && !stopping;
  }

  @Override
  public long handedOn() {
    return handedOn;
  }

  @Override
  public long safe() {
    return waits() ? safe : Long.MAX_VALUE;
  }

  @Override
  public void stop() {
    log.saving(files.snapshot().toString());
    write();
    end();
  }

  @Override
  public void end() {
    stopping = true;
    if (disk != null) {
      disk.close();
    }
    safe = handedOn;
  }
}
