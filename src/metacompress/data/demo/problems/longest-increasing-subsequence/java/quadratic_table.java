import java.util.Scanner;

class Main {
    static int lengthOfLis(int[] nums) {
        int[] dp = new int[nums.length];
        int result = 0;
        for (int i = 0; i < nums.length; i++) {
            int longestBefore = 0;
            for (int j = 0; j < i; j++) {
                if (nums[j] < nums[i]) {
                    longestBefore = Math.max(longestBefore, dp[j]);
                }
            }
            dp[i] = longestBefore + 1;
            result = Math.max(result, dp[i]);
        }
        return result;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        int n = sc.nextInt();
        int[] nums = new int[n];
        for (int i = 0; i < n; i++) nums[i] = sc.nextInt();
        System.out.println(lengthOfLis(nums));
    }
}
