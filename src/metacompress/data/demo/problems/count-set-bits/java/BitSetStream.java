import java.util.BitSet;
import java.util.Scanner;
import java.util.stream.IntStream;

class Main {

    private static BitSet positions(long n) {
        BitSet set = new BitSet();
        IntStream.range(0, 40)
                 .filter(p -> (n & (1L << p)) != 0)
                 .forEach(set::set);
        return set;
    }

    public static void main(String[] args) {
        try (Scanner input = new Scanner(System.in)) {
            long n = Long.parseLong(input.nextLine().trim());
            System.out.println(positions(n).cardinality());
        }
    }
}
