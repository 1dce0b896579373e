package dev.midge.client.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacketIdsTest {
  private static final int HIGHEST = 65535;

  private final PacketIds ids = new PacketIds();

  @Test
  void allAreTakenOnceAndThenThoseThatWereReleased() {
    Set<Integer> taken = new HashSet<>();
    for (int i = 1; i <= HIGHEST; i++) {
      assertThat(taken.add(ids.take())).isTrue();
    }
    assertThat(taken).contains(1, 63, 64, 65, HIGHEST).doesNotContain(0);

    for (int id : new int[] {HIGHEST, 1, 64, 4096}) {
      ids.release(id);
    }

    assertThat(new int[] {ids.take(), ids.take(), ids.take(), ids.take()})
        .containsExactly(1, 64, 4096, HIGHEST);
  }

  @Test
  void oneThatIsInUseIsPassedOver() {
    assertThat(ids.take()).isEqualTo(1);
    assertThat(ids.next()).isEqualTo(2);
    for (int i = 3; i <= HIGHEST; i++) {
      ids.next();
    }

    assertThat(ids.next()).isEqualTo(2);
  }
}
