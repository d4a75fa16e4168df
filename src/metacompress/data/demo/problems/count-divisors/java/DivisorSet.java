import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;

class Main {
  // Grows the set of divisors one prime factor at a time.
  private static void include(Set<Integer> divisors, int prime) {
    Set<Integer> fresh = new TreeSet<>();
    for (int d : divisors) fresh.add(d * prime);
    divisors.addAll(fresh);
  }

  public static void main(String[] args) {
    int left;
    try (Scanner scanner = new Scanner(System.in)) {
      left = Integer.parseInt(scanner.next());
    }
    Set<Integer> divisors = new TreeSet<>();
    if (left > 0) divisors.add(1);
    int prime = 2;
    while (left > 1) {
      if (left % prime == 0) {
        include(divisors, prime);
        left /= prime;
      } else if ((long) prime * prime > left) {
        prime = left;
      } else {
        prime++;
      }
    }
    System.out.println(divisors.size());
  }
}
