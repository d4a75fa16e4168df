import java.util.Scanner;
import java.util.TreeSet;

class Main {
  static TreeSet<Integer> divisors(int n) {
    TreeSet<Integer> set = new TreeSet<>();
    for (int d = 1; (long) d * d <= n; d++) {
      if (n % d == 0) {
        set.add(d);
        set.add(n / d);
      }
    }
    return set;
  }

  static int gcdOf(int m, int n) {
    if (m == 0) return n;
    if (n == 0) return m;
    TreeSet<Integer> shared = divisors(m);
    shared.retainAll(divisors(n));
    return shared.last();
  }

  public static void main(String[] args) {
    try (Scanner input = new Scanner(System.in)) {
      int m = Math.abs(Integer.parseInt(input.next()));
      int n = Math.abs(Integer.parseInt(input.next()));
      System.out.println(gcdOf(m, n));
    }
  }
}
