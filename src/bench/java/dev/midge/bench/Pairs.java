package dev.midge.bench;

import java.util.Arrays;

/**
 * What this tree and another one took, pair by pair. The spread is the interval in which the median
 * of the ratios lies with a probability of 98 %, whatever their distribution.
 */
final class Pairs {
  private static final double DOUBT = 0.02;

  private final double[] mine;
  private final double[] theirs;

  Pairs(int count) {
    mine = new double[count];
    theirs = new double[count];
  }

  void put(int pair, double mine, double theirs) {
    this.mine[pair] = mine;
    this.theirs[pair] = theirs;
  }

  double mine() {
    return Samples.median(mine);
  }

  double theirs() {
    return Samples.median(theirs);
  }

  double ratio() {
    return Samples.median(ratios());
  }

  double least() {
    return ratios()[rank()];
  }

  double most() {
    double[] ratios = ratios();
    return ratios[ratios.length - 1 - rank()];
  }

  /** Returns whether there are enough pairs to tell, and the ratio is not 1. */
  boolean isBeyondNoise() {
    return 2 * Math.pow(0.5, mine.length) <= DOUBT && (least() > 1 || most() < 1);
  }

  private double[] ratios() {
    double[] ratios = new double[mine.length];
    Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
    Arrays.sort(ratios);
    return ratios;
  }

  /** How many of the least and of the most ratios lie outside. */
  private int rank() {
    int rank = 0;
    double term = Math.pow(0.5, mine.length); // of so many of all on one side
    double outside = 2 * term;
    while (rank + 1 < mine.length / 2) {
      term *= (double) (mine.length - rank) / (rank + 1);
      outside += 2 * term;
      if (outside > DOUBT) {
        break;
      }
      rank++;
    }
    return rank;
  }
}
