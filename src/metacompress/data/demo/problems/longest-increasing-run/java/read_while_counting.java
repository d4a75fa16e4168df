import java.util.Scanner;

class Main {
    public static void main(String[] args) {
        try (Scanner input = new Scanner(System.in)) {
            int todo = input.nextInt();
            int increasingRun = todo == 0 ? 0 : longestRisingRun(input, todo - 1, input.nextLong(), 1, 1);
            System.out.println(increasingRun);
        }
    }

    static int longestRisingRun(Scanner input, int todo, long before, int streak, int record) {
        if (todo == 0) {
            return record;
        }
        long now = input.nextLong();
        int newStreak = now > before ? streak + 1 : 1;
        return longestRisingRun(input, todo - 1, now, newStreak, Math.max(record, newStreak));
    }
}
