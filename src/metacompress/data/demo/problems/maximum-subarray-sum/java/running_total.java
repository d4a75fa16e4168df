import java.util.Scanner;

class Main {
    static int largestSubarraySum(int[] values) {
        if (values.length == 0) {
            return 0;
        }
        int endingHere = values[0];
        int best = values[0];
        for (int i = 1; i < values.length; i++) {
            endingHere = Math.max(values[i], endingHere + values[i]);
            best = Math.max(best, endingHere);
        }
        return best;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] values = new int[in.nextInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.nextInt();
        }
        System.out.println(largestSubarraySum(values));
    }
}
