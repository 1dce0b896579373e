package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.router.Router;
import org.junit.jupiter.api.Test;

class CommitGateTest {
  private final Changes changes = new Changes();
  private final CommitGate gate = new CommitGate(changes);

  /** Changes that are handed on one by one, and safe when the test says so. */
  private static final class Changes implements Persistence {
    boolean changed;
    long handedOn;
    long safe;

    @Override
    public void begin(Router router, Loop loop) {}

    @Override
    public void commit() {
      if (changed) {
        changed = false;
        handedOn++;
      }
    }

    @Override
    public boolean hasUnsafe() {
      return changed || handedOn > safe;
    }

    @Override
    public long handedOn() {
      return handedOn;
    }

    @Override
    public long safe() {
      return safe;
    }

    @Override
    public void stop() {}

    @Override
    public void end() {}
  }

  @Test
  void bytesPassWhenTheChangesBeforeThemAreSafe() {
    changes.changed = true;
    changes.commit();
    gate.turnEnded(10);
    assertThat(gate.allowance(0)).isZero();
    changes.safe = 1;
    assertThat(gate.allowance(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void bytesWaitForAChangeThatCameAboutBehindTheLastCommit() {
    gate.turnEnded(10);
    // As when a delayed PUBLISH is handled while connections are flushed.
    changes.changed = true;
    gate.turnEnded(14);
    assertThat(gate.allowance(0)).isEqualTo(10);
    changes.safe = 1;
    assertThat(gate.allowance(10)).isEqualTo(Long.MAX_VALUE);
  }
}
