package dev.midge.cli.fleet;

import dev.midge.client.ConnectSpec;
import dev.midge.client.StopSignal;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.StayConnectedJob;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** {@code conn --count}: many clients that stay connected. */
public final class ConnFleet {
  /** So many clients end at once: each waits for its broker, so that processors do not count. */
  private static final int WORKERS = 64;

  private final Fleet fleet;
  private final FleetOptions options;
  private final FleetSetting setting;

  /**
   * Makes one.
   *
   * @param common the values of CONNECT, with the beginning of the ids as its client id
   */
  public ConnFleet(ConnectSpec common, FleetOptions options, FleetSetting setting) {
    this.fleet = new Fleet(common, options.count());
    this.options = options;
    this.setting = setting;
  }

  /**
   * Runs until all have come to an end.
   *
   * @param stay how long each is to stay; null until a stop is requested
   * @return the exit status
   */
  public int run(@Nullable Duration stay, StopSignal stop) throws InterruptedException {
    OpenFiles.check(options.name(), fleet.size());
    FleetRun run = new FleetRun(fleet, setting);
    ExecutorService workers = FleetThreads.pool(WORKERS, "midge fleet");
    try {
      CompletableFuture<?> enough =
          CompletableFuture.anyOf(stop.requested(), setting.outputFailed());
      run.start(new Pace(options.pauseNanos(), enough), new Staying(stay, stop, workers))
          .thenRun(() -> tellConnected(run));
      run.await();
    } finally {
      workers.shutdown();
    }
    Tally tally = run.tally();
    tally.tellEnd();
    setting.warn().accept(tally.counts() + farewell(tally));
    return tally.status();
  }

  private record Staying(
      @Nullable Duration stay,
      StopSignal stop,
      ExecutorService workers,
      Map<Device, StayConnectedJob> jobs)
      implements FleetRun.Work {

    Staying(@Nullable Duration stay, StopSignal stop, ExecutorService workers) {
      this(stay, stop, workers, new ConcurrentHashMap<>());
    }

    @Override
    public CompletableFuture<JobResult> start(Device device) {
      StayConnectedJob job = new StayConnectedJob(device.spec(), stay, device, stop);
      jobs.put(device, job);
      return job.start(workers);
    }

    @Override
    public void abandon(Device device) {
      StayConnectedJob job = jobs.get(device);
      if (job != null) {
        workers.execute(job::close);
      }
    }
  }

  private void tellConnected(FleetRun run) {
    int connected = run.tally().connectedCount();
    ConnectSpec common = fleet.common();
    String which = connected == fleet.size() ? "" : connected + " of ";
    setting
        .warn()
        .accept(
            "Connected "
                + which
                + fleet.size()
                + (fleet.size() == 1 ? " client" : " clients")
                + " to "
                + setting.place()
                + " as "
                + fleet.words(1).id()
                + " to "
                + fleet.words(fleet.size()).id()
                + " in "
                + run.seconds()
                + " (MQTT "
                + common.version().number()
                + (common.will() == null
                    ? ", no will)"
                    : ", will on " + common.will().message().topic() + ")"));
    run.tally().tellFailures();
  }

  private String farewell(Tally tally) {
    return fleet.common().will() != null
            && tally.isAnyDisconnected()
            && fleet.common().disconnectReason(0) == 0
        ? " After DISCONNECT the broker discards the will."
        : "";
  }
}
