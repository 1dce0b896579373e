package dev.midge.broker.persist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every state comes back from its records as it was. */
class RestoredStateTest {
  private static final int STEPS = 150;

  private static Limits limits() {
    return Limits.builder().maxQueuedMessages(12).queueQos0Messages(true).build();
  }

  /** Lives for a while, with a snapshot somewhere on the way. */
  private static KeptRouter lived(long seed, int snapshotAt, RandomLife[] life) {
    KeptRouter router = new KeptRouter(limits()).start();
    life[0] = new RandomLife(seed, router);
    for (int i = 0; i < STEPS; i++) {
      if (i == Math.floorMod(snapshotAt, STEPS)) {
        router.snapshot();
      }
      life[0].step();
    }
    return router;
  }

  @Property(tries = 300)
  void whatWasConnectedComesBackButForItsConnectionsAndTheirWills(
      @ForAll long seed, @ForAll int snapshotAt) {
    KeptRouter router = lived(seed, snapshotAt, new RandomLife[1]);
    KeptRouter restored = new KeptRouter(limits(), router.wallMillis(), router.frames);
    assertThat(state(restored)).containsExactlyInAnyOrderElementsOf(state(router));
  }

  private static List<String> state(KeptRouter router) {
    return router.described().stream()
        .filter(line -> !line.contains(" away ") && !line.startsWith("will of "))
        .toList();
  }

  @Property(tries = 300)
  void allThatIsAwayComesBackWithItsTimesAndWills(@ForAll long seed, @ForAll int snapshotAt) {
    RandomLife[] life = new RandomLife[1];
    KeptRouter router = lived(seed, snapshotAt, life);
    life[0].dropAll();
    KeptRouter restored = new KeptRouter(limits(), router.wallMillis(), router.frames).start();
    assertThat(restored.described()).containsExactlyInAnyOrderElementsOf(router.described());
  }

  @Property(tries = 50)
  void aSecondRestoreIsLikeTheFirst(@ForAll long seed) {
    RandomLife[] life = new RandomLife[1];
    KeptRouter router = lived(seed, 0, life);
    life[0].dropAll();
    KeptRouter first = new KeptRouter(limits(), router.wallMillis(), router.frames).start();
    KeptRouter second = new KeptRouter(limits(), first.wallMillis(), first.frames).start();
    assertThat(second.described()).containsExactlyInAnyOrderElementsOf(first.described());
  }
}
