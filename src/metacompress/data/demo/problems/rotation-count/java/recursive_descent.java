import java.util.Scanner;

class Main {
    private final Scanner source;
    private final int size;

    Main(Scanner source) {
        this.source = source;
        this.size = source.nextInt();
    }

    // Reads on as long as the numbers climb; the first drop ends the search.
    int rotationPoint(int index, int previous) {
        if (index == size) {
            return 0;
        }
        int current = source.nextInt();
        return current < previous ? index : rotationPoint(index + 1, current);
    }

    public static void main(String[] args) {
        try (Scanner in = new Scanner(System.in)) {
            Main search = new Main(in);
            System.out.println(search.rotationPoint(0, Integer.MIN_VALUE));
        }
    }
}
